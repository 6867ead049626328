"""The pure heart: three-valued truth, uncertain dates, policy, identity. No Django, no I/O, no clock."""

"""The address space of consular desks: one static answer for whatever is not released to whoever asks."""

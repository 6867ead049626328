"""The Return tab of a case: the gate of each country, and the records that open or close it."""

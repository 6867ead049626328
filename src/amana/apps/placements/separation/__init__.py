"""Children apart from their mothers, told from the records: `courses` says what a separation is, from stays
alone; `households` reads the stays; `decided` reads who decided what; `facts` puts the three together for the
safeguards.
"""

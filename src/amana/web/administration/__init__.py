"""Administration: the matrix of roles as enforced, accounts, and grants that wait for a second person."""

"""Who holds which case: bulk assignment for the team, and per case handing on, referral and revoking."""

"""Who works here: users, roles, viewers, the office itself and the brake on guessing passwords."""

"""Files of people that leave the office: what was asked for, who approved it, which copy was taken."""

"""Files of people: asked for, approved, taken once, and the register of what left."""

"""What the safeguards find: breaches, duties and open questions, each kept from the day it arose until facts
end it; and the waivers, which end nothing.
"""

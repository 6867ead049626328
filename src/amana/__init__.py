"""Amana: casework for children and women held because a relative is tied to an armed group."""

__version__ = "0.1.0"

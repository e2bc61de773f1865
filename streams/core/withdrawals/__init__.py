"""Who leaves what, how far along, since when, and the sentence that proves it."""

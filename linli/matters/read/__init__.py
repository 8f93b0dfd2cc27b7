"""Every query on matters: one matter's facts and story, the lists, the figures."""

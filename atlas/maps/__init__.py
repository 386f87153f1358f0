"""Map geometry: built once from base maps that travel in the repository, then served as files."""

"""Data and views as files: CSV, XLSX, the data package, citations."""

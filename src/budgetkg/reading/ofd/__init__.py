"""OFD, the national fixed-layout format (GB/T 33190-2016): a zip of XML that places text and lines."""

package org.emrelay.runner.profile;

/** The files that SQL scans read. A file counts once per scan. */
public record FilesRead(long files, long bytes) {}

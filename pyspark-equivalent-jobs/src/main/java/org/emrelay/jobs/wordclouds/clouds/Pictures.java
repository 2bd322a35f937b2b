package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.emrelay.jobs.OutputDirectory;

/** The pictures that the tasks have written, read back one at a time. */
record Pictures(OutputDirectory directory) {

    Pictures {
        Objects.requireNonNull(directory, "directory");
    }

    long bytes(DrawnYear year) throws IOException {
        return directory.fileSystem().getFileStatus(path(year)).getLen();
    }

    byte[] read(DrawnYear year) throws IOException {
        try (InputStream stream = directory.fileSystem().open(path(year))) {
            return stream.readAllBytes();
        }
    }

    private Path path(DrawnYear year) {
        return new Path(directory.path(), year.fileName());
    }
}

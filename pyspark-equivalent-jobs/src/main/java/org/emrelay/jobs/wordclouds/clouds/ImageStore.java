package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.emrelay.tables.OutputDirectory;

/** Reads the images that the tasks wrote, one at a time. */
record ImageStore(OutputDirectory directory) {

    ImageStore {
        Objects.requireNonNull(directory, "directory");
    }

    long bytes(RenderedYear year) throws IOException {
        return directory.fileSystem().getFileStatus(path(year)).getLen();
    }

    byte[] read(RenderedYear year) throws IOException {
        try (InputStream stream = directory.fileSystem().open(path(year))) {
            return stream.readAllBytes();
        }
    }

    private Path path(RenderedYear year) {
        return new Path(directory.path(), year.fileName());
    }
}

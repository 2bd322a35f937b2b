package org.emrelay.jobs.wordclouds.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.emrelay.jobs.OutputDirectory;

/** What Spark has written where there was nothing to write; taken back, so that nobody takes it for a result. */
record EmptyTable(OutputDirectory output) {

    EmptyTable {
        Objects.requireNonNull(output, "output");
    }

    void remove() {
        FileSystem files = output.fileSystem();
        try {
            for (FileStatus file : files.listStatus(output.path())) {
                if (isSparks(file.getPath())) {
                    files.delete(file.getPath(), false);
                }
            }
            if (files.listStatus(output.path()).length == 0) {
                files.delete(output.path(), false);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("removing the empty table at " + output.path() + " failed", failed);
        }
    }

    private static boolean isSparks(Path file) {
        return file.getName().equals("_SUCCESS") || file.getName().startsWith("part-");
    }
}

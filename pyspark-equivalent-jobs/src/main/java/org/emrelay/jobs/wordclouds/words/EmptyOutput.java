package org.emrelay.jobs.wordclouds.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.emrelay.tables.OutputDirectory;

/** Deletes the output of a job that wrote no rows, so it is not mistaken for a result. */
record EmptyOutput(OutputDirectory output) {

    EmptyOutput {
        Objects.requireNonNull(output, "output");
    }

    void delete() {
        FileSystem files = output.fileSystem();
        try {
            for (FileStatus file : files.listStatus(output.path())) {
                if (isSparkFile(file.getPath())) {
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

    private static boolean isSparkFile(Path file) {
        return file.getName().equals("_SUCCESS") || file.getName().startsWith("part-");
    }
}

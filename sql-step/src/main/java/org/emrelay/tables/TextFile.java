package org.emrelay.tables;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;

/** Reads a small text file as a string. */
public final class TextFile {
    private TextFile() {}

    public static String read(SparkSession session, String flag, String uri) {
        try {
            Path path = new Path(uri);
            try (InputStream stream = path.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .open(path)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (FileNotFoundException missing) {
            throw new UserFault(flag + ": " + uri + " does not exist.");
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault(flag + ": " + uri + " cannot be opened (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": reading " + uri + " failed", failed);
        }
    }
}

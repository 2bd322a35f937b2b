package org.emrelay.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Where a job leaves its result: a place found empty, so that no job ever deletes what somebody else wrote. */
public record OutputDirectory(FileSystem fileSystem, Path path) {
    /** What Hadoop and Spark pass over where they read a directory. */
    private static final String UNFINISHED = "_unfinished-";

    public OutputDirectory {
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(path, "path");
    }

    public static OutputDirectory empty(SparkSession session, String flag, String uri) {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        try {
            Path path = new Path(uri);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (fileSystem.exists(path) && holdsSomething(fileSystem, path)) {
                throw new UserFault(flag + ": " + uri + " is not empty; name another place or remove what is there.");
            }
            return new OutputDirectory(fileSystem, path);
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault(flag + ": " + uri + " cannot be written to (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": looking at " + uri + " failed", failed);
        }
    }

    public void writeParquet(Dataset<Row> rows) {
        // The place may exist, empty: Spark's default mode would refuse it.
        rows.write().mode(SaveMode.Append).parquet(path.toString());
    }

    /** A place below this one. */
    public OutputDirectory below(String name) {
        return new OutputDirectory(fileSystem, new Path(path, name));
    }

    /** Writes CSV files with headers, one a part of the table, all at once. */
    public void writeCsvParts(Dataset<Row> rows) {
        rows.write()
                .mode(SaveMode.Append)
                .option("header", "true")
                .option("escape", "\"")
                .csv(path.toString());
    }

    /** Writes one CSV file with a header, for people and for other programs; one task writes it, row by row. */
    public void writeCsv(String name, Dataset<Row> rows) {
        Path folder = new Path(path, UNFINISHED + new Path(name).getName());
        new OutputDirectory(fileSystem, folder).writeCsvParts(rows.coalesce(1));
        Path file = new Path(path, name);
        try {
            fileSystem.mkdirs(file.getParent());
            for (FileStatus part : fileSystem.listStatus(folder)) {
                if (part.getPath().getName().startsWith("part-") && !fileSystem.rename(part.getPath(), file)) {
                    throw new IOException("renaming " + part.getPath() + " to " + file + " failed");
                }
            }
            fileSystem.delete(folder, true);
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    public void writeText(String name, String text) {
        write(name, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a file piece by piece, for what need not be in memory as a whole. */
    public void write(String name, Content content) {
        Path file = new Path(path, name);
        try (OutputStream stream = fileSystem.create(file, false)) {
            content.writeTo(stream);
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    /**
     * Writes a file from a task, of which there may be several at once that write the same: under a name of the attempt's
     * own first, so that neither a late attempt nor one that is killed leaves half a file.
     */
    public void writeWhole(String name, byte[] content, String attempt) {
        Path file = new Path(path, name);
        Path unfinished = new Path(path, UNFINISHED + name + "." + attempt);
        try {
            try (OutputStream stream = fileSystem.create(unfinished, true)) {
                stream.write(content);
            }
            // Where another attempt was faster, some file systems refuse; its file has the same content.
            if (!fileSystem.rename(unfinished, file)) {
                fileSystem.delete(unfinished, false);
                if (!fileSystem.exists(file)) {
                    throw new IOException("renaming " + unfinished + " to " + file + " failed");
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    /** What attempts that were killed have left behind. */
    public void removeUnfinished() {
        try {
            for (FileStatus file : fileSystem.listStatus(path)) {
                if (file.getPath().getName().startsWith(UNFINISHED)) {
                    fileSystem.delete(file.getPath(), false);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("tidying " + path + " failed", failed);
        }
    }

    private static boolean holdsSomething(FileSystem fileSystem, Path path) throws IOException {
        return fileSystem.getFileStatus(path).isFile() || fileSystem.listStatus(path).length > 0;
    }

    /** What is in a file, told to a stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }
}

package org.emrelay.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The output directory of a job.
 *
 * <p>It must be empty, so a job never deletes files that something else wrote.
 */
public record OutputDirectory(FileSystem fileSystem, Path path) {
    /** Prefix of temporary files; Hadoop and Spark skip names with a leading underscore. */
    private static final String TEMPORARY_PREFIX = "_unfinished-";

    public OutputDirectory {
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(path, "path");
    }

    public static OutputDirectory requireEmpty(SparkSession session, String flag, String uri) {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        try {
            Path path = new Path(uri);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (fileSystem.exists(path) && hasContent(fileSystem, path)) {
                throw new UserFault(
                        flag + ": " + uri + " is not empty; choose another location or delete its contents.");
            }
            return new OutputDirectory(fileSystem, path);
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault(flag + ": " + uri + " cannot be written to (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": listing " + uri + " failed", failed);
        }
    }

    public void writeParquet(Dataset<Row> rows) {
        // The directory may exist and be empty, which Spark's default save mode rejects.
        rows.write().mode(SaveMode.Append).parquet(path.toString());
    }

    public OutputDirectory subdirectory(String name) {
        return new OutputDirectory(fileSystem, new Path(path, name));
    }

    /** Writes the table as CSV files with headers, one file per partition, for programs to read. */
    public void writeCsvParts(Dataset<Row> rows) {
        rows.write()
                .mode(SaveMode.Append)
                .option("header", "true")
                .option("escape", "\"")
                .csv(path.toString());
    }

    /** Writes the table as one CSV file with a header, in a single task, for people: formulas become text. */
    public void writeCsv(String name, Dataset<Row> rows) {
        Path directory = new Path(path, TEMPORARY_PREFIX + new Path(name).getName());
        new OutputDirectory(fileSystem, directory).writeCsvParts(withoutFormulas(rows.coalesce(1)));
        Path file = new Path(path, name);
        try {
            fileSystem.mkdirs(file.getParent());
            for (FileStatus partFile : fileSystem.listStatus(directory)) {
                if (partFile.getPath().getName().startsWith("part-") && !fileSystem.rename(partFile.getPath(), file)) {
                    throw new IOException("renaming " + partFile.getPath() + " to " + file + " failed");
                }
            }
            fileSystem.delete(directory, true);
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    private static Dataset<Row> withoutFormulas(Dataset<Row> rows) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .map(field -> {
                    Column column = rows.apply("`" + field.name().replace("`", "``") + "`");
                    boolean isText = field.dataType().equals(DataTypes.StringType);
                    return (isText ? SpreadsheetText.of(column) : column).as(SpreadsheetText.of(field.name()));
                })
                .toArray(Column[]::new));
    }

    public void writeText(String name, String text) {
        write(name, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a file that may exist. */
    public void replaceText(String name, String text) {
        write(name, true, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Streams a file, so its content need not fit in memory. */
    public void write(String name, ContentWriter content) {
        write(name, false, content);
    }

    private void write(String name, boolean replace, ContentWriter content) {
        Path file = new Path(path, name);
        try (OutputStream stream = fileSystem.create(file, replace)) {
            content.writeTo(stream);
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    /**
     * Writes a file atomically from a task.
     *
     * <p>Several attempts of a task may write the same file at once. Each writes to its own temporary file and renames
     * it, so a killed or late attempt leaves no partial file.
     */
    public void writeAtomically(String name, byte[] content, String attempt) {
        writeAtomically(name, attempt, stream -> stream.write(content));
    }

    /** Streams a file atomically from a task. */
    public void writeAtomically(String name, String attempt, ContentWriter content) {
        Path file = new Path(path, name);
        Path temporary = new Path(path, TEMPORARY_PREFIX + name + "." + attempt);
        try {
            try (OutputStream stream = fileSystem.create(temporary, true)) {
                content.writeTo(stream);
            }
            if (!renamed(temporary, file)) {
                fileSystem.delete(temporary, false);
                if (!fileSystem.exists(file)) {
                    throw new IOException("renaming " + temporary + " to " + file + " failed");
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("writing " + file + " failed", failed);
        }
    }

    /** False if the file system refuses to rename onto the file of a faster attempt, whose content is identical. */
    private boolean renamed(Path temporary, Path file) throws IOException {
        try {
            return fileSystem.rename(temporary, file);
        } catch (FileAlreadyExistsException refusedByS3A) {
            return false;
        }
    }

    /** Deletes temporary files of killed attempts. */
    public void deleteTemporaryFiles() {
        try {
            for (FileStatus file : fileSystem.listStatus(path)) {
                if (file.getPath().getName().startsWith(TEMPORARY_PREFIX)) {
                    fileSystem.delete(file.getPath(), false);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cleaning up " + path + " failed", failed);
        }
    }

    /** Whether there is nothing but files of Hadoop and Spark, such as {@code _SUCCESS}. */
    public boolean hasNoData() {
        try {
            return Arrays.stream(fileSystem.listStatus(path))
                    .map(file -> file.getPath().getName())
                    .allMatch(name -> name.startsWith("_") && !name.contains("="));
        } catch (IOException failed) {
            throw new UncheckedIOException("listing " + path + " failed", failed);
        }
    }

    private static boolean hasContent(FileSystem fileSystem, Path path) throws IOException {
        return fileSystem.getFileStatus(path).isFile() || fileSystem.listStatus(path).length > 0;
    }

    /** Writes the content of a file to a stream. */
    @FunctionalInterface
    public interface ContentWriter {
        void writeTo(OutputStream stream) throws IOException;
    }
}

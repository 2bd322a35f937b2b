package org.emrelay.runner.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores scripts, inputs, outputs, logs and the journal: a local directory or an S3 bucket.
 *
 * <p>Paths are relative to the workspace, with slashes. Steps receive URIs.
 */
public interface Workspace {

    /** A task that reads or writes. */
    interface IoTask {
        void run() throws IOException;
    }

    /** The name of the directory or the bucket. */
    String name();

    String uri(String path);

    /** Copies a local file or directory to a path unless it exists: the path contains the hash of the content. */
    void upload(Path source, String path) throws IOException;

    /**
     * Refuses a directory of uploaded files that has others too. A step that reads all files of the directory would read them.
     *
     * @param names the names of the uploaded files
     * @param suffix of the files that the step reads
     */
    default void requireOnly(String path, Set<String> names, String suffix) throws IOException {}

    void write(String path, byte[] content) throws IOException;

    Optional<byte[]> read(String path) throws IOException;

    /** Opens a file for reading in sequence, however large it is; {@link java.nio.file.NoSuchFileException} if it does not exist. */
    InputStream open(String path) throws IOException;

    /** The names directly below a path, sorted; empty if the path does not exist. */
    List<String> list(String path) throws IOException;

    /** All files below a path, in subdirectories too; empty if it does not exist. */
    List<StoredFile> files(String path) throws IOException;

    /** Whether an output of a step can be at this URI. */
    default boolean acceptsOutput(String uri) {
        return true;
    }

    /** Summarizes the data files of an output; empty if it does not exist or has an unfinished commit ({@code _temporary}). */
    Optional<OutputSummary> summary(String uri) throws IOException;

    /** Runs tasks on this workspace, in parallel where that is faster. The tasks must be independent. */
    default void inParallel(List<? extends IoTask> tasks) throws IOException {
        for (IoTask task : tasks) {
            task.run();
        }
    }

    /** What {@link #clear} would delete, including files that {@link #summary} does not count. */
    OutputContents contents(String uri) throws IOException;

    /**
     * Writes the marker of an output: in its directory, or beside it if it is a single file. Spark ignores the marker, and {@link
     * #fetch} omits it.
     */
    void mark(String uri, String marker) throws IOException;

    /**
     * The folders of other outputs that an output needs, which it names in {@code _references.json}, as URIs like those of {@link #uri}.
     */
    default Set<String> references(String uri) throws IOException {
        return Set.of();
    }

    /** Whether only folders that other outputs need are left of an output. */
    default boolean isPartlyDeleted(String uri) throws IOException {
        return false;
    }

    /** Deletes everything at an output's URI, if it exists. */
    void clear(String uri) throws IOException;

    /** Copies an output to a local directory atomically: the final name appears only when the copy is complete. */
    void fetch(String uri, Path directory) throws IOException;
}

package org.emrelay.runner.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a cluster keeps scripts, inputs, outputs, logs and the journal: a directory, or a bucket. Paths are relative to it, with
 * slashes; URIs are what steps are given.
 */
public interface Workspace {

    /** The bare name: of the directory, or of the bucket. */
    String name();

    String uri(String path);

    /** Copies a file or directory of this machine to a path, unless a copy is there: the path names the content. */
    void upload(Path source, String path) throws IOException;

    void write(String path, byte[] content) throws IOException;

    Optional<byte[]> read(String path) throws IOException;

    /** The names directly below a path, sorted; none when it is not there. */
    List<String> children(String path) throws IOException;

    /**
     * Everything below an output's URI that counts as its content; empty when it is not there, and when it is not complete: a commit
     * was left half done ({@code _temporary}).
     */
    Optional<OutputSummary> summary(String uri) throws IOException;

    /** Looks at several things here, side by side where that is quicker; the looks must not mind. */
    default void sideBySide(List<Runnable> looks) throws IOException {
        looks.forEach(Runnable::run);
    }

    /**
     * Whether {@link #clear} would take anything from anybody: a workspace whose summary leaves things out has to look for them here.
     */
    default boolean holdsSomething(String uri) throws IOException {
        return summary(uri).isPresent();
    }

    /** Removes what lies at an output's URI, all of it, if anything does. */
    void clear(String uri) throws IOException;

    /** Copies an output to a directory of this machine, whole: nothing appears under its final name before it is complete. */
    void fetch(String uri, Path directory) throws IOException;
}

package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A directory of what was fetched from buckets, each content once: by its place and the ETags of all that lies there. */
public final class S3Cache {
    private final S3Download fetch;
    private final Path directory;

    public S3Cache(S3Download fetch, Path directory) {
        this.fetch = Objects.requireNonNull(fetch, "fetch");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /** What appears there does so whole. */
    public boolean holds(S3Content content) {
        return Files.exists(place(content));
    }

    /** The copy of a folder or an object, fetched unless it is here; it bears the original's name, for readers tell a format by its ending. */
    public Path bring(S3Content content) throws IOException {
        Path entry = directory.resolve(content.version());
        if (!holds(content)) {
            fetch.fetch(content, content.isFolder() ? place(content) : entry);
        }
        return place(content);
    }

    private Path place(S3Content content) {
        return directory.resolve(content.version()).resolve(nameOf(content));
    }

    /** An object's own name is looked at before it is fetched; a folder's may be anything, and may mean a pattern to a reader. */
    private static String nameOf(S3Content content) {
        String plain = content.name().replaceAll("[^\\w.=-]", "_").replaceFirst("^[._]+", "");
        return content.isFolder() ? (plain.isEmpty() ? "input" : plain) : content.name();
    }
}

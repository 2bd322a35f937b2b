package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A local cache of S3 downloads, keyed by URI and the ETags of the objects. */
public final class S3Cache {
    private final S3Download download;
    private final Path directory;

    public S3Cache(S3Download download, Path directory) {
        this.download = Objects.requireNonNull(download, "download");
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /** Whether the content is cached. Entries appear atomically, so a cached one is complete. */
    public boolean contains(S3Content content) {
        return Files.exists(path(content));
    }

    /**
     * The path of the local copy, downloaded on a cache miss. It keeps the original name, because readers detect
     * formats by extension.
     */
    public Path get(S3Content content) throws IOException {
        Path entry = directory.resolve(content.version());
        if (!contains(content)) {
            download.fetch(content, content.isFolder() ? path(content) : entry);
        }
        return path(content);
    }

    private Path path(S3Content content) {
        return directory.resolve(content.version()).resolve(fileName(content));
    }

    /**
     * {@link KeyPathCheck} validates an object's name. A folder's name is sanitized, because a reader may interpret
     * it as a glob pattern.
     */
    private static String fileName(S3Content content) {
        String sanitized = content.name().replaceAll("[^\\w.=-]", "_").replaceFirst("^[._]+", "");
        return content.isFolder() ? (sanitized.isEmpty() ? "input" : sanitized) : content.name();
    }
}

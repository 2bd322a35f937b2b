package org.emrelay.runner.platform.aws.s3;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.Sha256;

/**
 * The objects to download from an S3 URI. This is one object, or all objects below a prefix.
 *
 * @param isFolder whether the URI is a prefix and not an object
 */
public record S3Content(S3Uri location, boolean isFolder, List<Item> items) {
    /**
     * One object to download.
     *
     * @param path relative to the target directory
     */
    record Item(String path, S3Object object) {
        Item {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(object, "object");
        }
    }

    public S3Content {
        Objects.requireNonNull(location, "location");
        items = List.copyOf(items);
    }

    public String uri() {
        return location.toString();
    }

    /** The last segment of the key, or the bucket name. */
    public String name() {
        return location.key().isEmpty() ? location.bucket() : location.name();
    }

    public int files() {
        return items.size();
    }

    public long bytes() {
        return items.stream().mapToLong(item -> item.object().size()).sum();
    }

    /** A hash of the URI, paths and ETags in 32 hexadecimal digits, which changes with the content. */
    public String version() {
        Sha256 digest = new Sha256().add(uri() + "\0");
        items.forEach(item -> digest.add(item.path() + "\0" + item.object().etag() + "\0"));
        return digest.hex(32);
    }
}

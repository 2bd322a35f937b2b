package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Converts output URIs, which may be plain paths, to local paths. */
final class LocalUri {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private LocalUri() {}

    static Path path(String uri) throws IOException {
        try {
            Path path = uri.startsWith("file:") ? ofFileUri(uri) : Path.of(uri);
            if (path.isAbsolute()
                    && (uri.startsWith("file:") || !SCHEME.matcher(uri).matches())) {
                return path.normalize();
            }
        } catch (IllegalArgumentException invalid) {
            throw new IOException(uri + " is not a valid local path.", invalid);
        }
        throw new IOException(uri + " is not a local path: local steps need an absolute path or a file: URI.");
    }

    /** Hadoop does not escape spaces in file URIs, so java.net.URI may reject them. */
    private static Path ofFileUri(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException unescaped) {
            return Path.of(uri.substring("file:".length()).replaceFirst("^//+", "/"));
        }
    }
}

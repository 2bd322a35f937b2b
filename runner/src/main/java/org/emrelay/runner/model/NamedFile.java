package org.emrelay.runner.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file or archive that Spark places in a step's working directory.
 *
 * @param alias its name there ({@code file#alias}); empty to keep its own name
 */
public record NamedFile(FileRef file, String alias) {
    /** Spark takes these characters in a path for a pattern, a scheme or a fragment. An uploaded file has others in their place. */
    public static final Pattern NOT_IN_UPLOADED_NAME = Pattern.compile("[:#{}\\[\\]*?\\\\]");

    public NamedFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(alias, "alias");
    }
}

package org.emrelay.runner.parse.imported;

import java.nio.file.Path;
import java.util.Objects;
import org.emrelay.runner.json.JsonValue;

/**
 * A file to import.
 *
 * @param name as on the command line
 * @param path absolute
 * @param content parsed after {@link PipelineImporter#prepared}
 */
public record ImportedFile(String name, Path path, JsonValue content) {
    public ImportedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
    }
}

package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bundled JSON Schemas: of the files, for editors that complete and check them, and of reports. */
public enum JsonSchema {
    STEPS("steps.schema.json"),
    CLUSTER("cluster.schema.json"),
    STREAM("stream.schema.json"),
    REPORT("report.schema.json");

    private final String file;

    JsonSchema(String file) {
        this.file = file;
    }

    /** The name that the files' {@code $schema} key refers to. */
    public String file() {
        return file;
    }

    public String text() throws IOException {
        try (InputStream resource = JsonSchema.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is not bundled");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

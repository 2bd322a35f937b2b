package org.emrelay.runner.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.parse.JsonSchema;

/** A small pipeline that runs as it is, for a start. */
public enum PipelineTemplate {
    SQL,
    PYTHON,
    JAVA;

    /** Tells Build.java where this machine has Spark; not for version control. */
    private static final String SPARK_JARS = ".spark-jars";

    private List<String> sources() {
        return switch (this) {
            case SQL -> List.of("sql/large_orders.sql", "sql/revenue.sql");
            case PYTHON -> List.of("scripts/large_orders.py", "scripts/revenue.py");
            case JAVA -> List.of("Build.java", "src/LargeOrders.java", "src/Flags.java", "src/Revenue.java");
        };
    }

    /** What is built from the sources. */
    List<String> built() {
        return this == JAVA ? List.of("jobs.jar") : List.of();
    }

    /**
     * The files, by their paths.
     *
     * @param name the name of the pipeline
     * @param sparkJars the directory of Spark's jars, which Java is compiled against
     */
    Map<String, String> files(String name, Path sparkJars) throws IOException {
        String folder = toString();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("steps.json", text(folder + "/steps.json"));
        for (String source : sources()) {
            files.put(source, text(folder + "/" + source));
        }
        files.put("data/orders.csv", text("common/data/orders.csv"));
        files.put("README.md", text(folder + "/README.md"));
        files.put(".gitignore", text("common/gitignore") + (this == JAVA ? text("java/gitignore") : ""));
        if (this == JAVA) {
            files.put(SPARK_JARS, sparkJars + "\n");
        }
        files.put("schemas/" + JsonSchema.STEPS.file(), JsonSchema.STEPS.text());
        files.replaceAll((path, text) -> text.replace("@NAME@", name));
        return files;
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = PipelineTemplate.class.getResourceAsStream("templates/" + resource)) {
            return new String(
                    Objects.requireNonNull(stream, resource + " is not bundled").readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The versions that the build has recorded.
 *
 * @param commit with {@code -modified} for a build of uncommitted changes; empty where the build saw no repository
 */
record BuildVersion(String version, String spark, String commit) {
    BuildVersion {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(spark, "spark");
        Objects.requireNonNull(commit, "commit");
    }

    static BuildVersion read() {
        try (InputStream in = Objects.requireNonNull(
                BuildVersion.class.getResourceAsStream("build.properties"), "the build writes build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new BuildVersion(
                    properties.getProperty("version"),
                    properties.getProperty("spark"),
                    properties.getProperty("commit"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** @param java the version and the vendor of the JVM */
    String text(String java) {
        return "Emrelay " + version + (commit.isEmpty() ? "" : ", commit " + commit) + "\nSpark " + spark + "\nJava "
                + java + "\n";
    }
}

package org.emrelay.jobs.churn.clean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A raw test log made of variations of one valid line, and the cleaning job run on it. */
final class RawLogFixture {
    static final String VALID_LINE =
            "{\"artist\":\"Des'ree\",\"auth\":\"Logged In\",\"firstName\":\"Kaylee\",\"gender\":\"F\","
                    + "\"itemInSession\":1,\"lastName\":\"Summers\",\"length\":246.30812,\"level\":\"free\","
                    + "\"location\":\"Phoenix-Mesa-Scottsdale, AZ\",\"method\":\"PUT\",\"page\":\"NextSong\","
                    + "\"registration\":1540344794796.0,\"sessionId\":139,\"song\":\"You Gotta Be\",\"status\":200,"
                    + "\"ts\":1541106106796,\"userAgent\":\"Mozilla\\/5.0 (Windows NT 6.1; WOW64) Chrome\\/35.0\","
                    + "\"userId\":\"8\"}";

    private final Path directory;

    RawLogFixture(Path directory) {
        this.directory = directory;
    }

    String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    RawLogFixture file(String name, String... lines) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
            return this;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    RawLogFixture clean(String events) {
        CleanEvents.main(new String[] {"--events", uri(events), "--output", uri("clean")});
        return this;
    }

    String report() {
        try {
            return Files.readString(directory.resolve("clean/report.json"));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}

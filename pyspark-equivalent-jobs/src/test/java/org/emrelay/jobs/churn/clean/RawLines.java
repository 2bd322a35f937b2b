package org.emrelay.jobs.churn.clean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of the service's log for tests, each a variation of one good line, and the job run on them. */
final class RawLines {
    static final String GOOD =
            "{\"artist\":\"Des'ree\",\"auth\":\"Logged In\",\"firstName\":\"Kaylee\",\"gender\":\"F\","
                    + "\"itemInSession\":1,\"lastName\":\"Summers\",\"length\":246.30812,\"level\":\"free\","
                    + "\"location\":\"Phoenix-Mesa-Scottsdale, AZ\",\"method\":\"PUT\",\"page\":\"NextSong\","
                    + "\"registration\":1540344794796.0,\"sessionId\":139,\"song\":\"You Gotta Be\",\"status\":200,"
                    + "\"ts\":1541106106796,\"userAgent\":\"Mozilla\\/5.0 (Windows NT 6.1; WOW64) Chrome\\/35.0\","
                    + "\"userId\":\"8\"}";

    private final Path directory;

    RawLines(Path directory) {
        this.directory = directory;
    }

    String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    RawLines file(String name, String... lines) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
            return this;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    RawLines clean(String events) {
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

package org.emrelay.jobs.topics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DrawTopicsTest {
    @TempDir
    private Path directory;

    @Test
    void drawsThePageFromTheOutputsOfEarlierSteps() throws IOException {
        writeTopics();
        write(
                "filtered/report.json",
                "{\"posts\": 10, \"kept\": 7, \"rules\": [{\"rule\": \"repost\", \"dropped\": 3}]}");

        draw("--topics", uri("topics"), "--filtered", uri("filtered"), "--title", "Rockets & more");

        assertThat(Files.readString(directory.resolve("page/topics.html")))
                .contains("<title>Rockets &amp; more</title>", "The filter kept 7 of 10 posts (70 %).")
                .contains("<tr><td>Repost, flagged by the platform</td><td>3</td><td></td></tr>");
    }

    @Test
    void reportsTheMissingInput() throws IOException {
        assertThatThrownBy(() -> draw("--topics", uri("nowhere")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--topics: " + uri("nowhere") + "/topics.json does not exist.");
        writeTopics();
        assertThatThrownBy(() -> draw("--topics", uri("topics"), "--combined", uri("nowhere")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--combined: " + uri("nowhere") + "/report.json does not exist.");
        assertThat(directory.resolve("page")).doesNotExist();
    }

    @Test
    void checksTheInputsThatExist() throws IOException {
        writeTopics();
        String[] arguments = {"--topics", uri("topics"), "--filtered", uri("later"), "--output", uri("page"), "--check"
        };

        DrawTopics.main(arguments);

        write("topics/topics.json", "{}");
        assertThatThrownBy(() -> DrawTopics.main(arguments))
                .isInstanceOf(UserFault.class)
                .hasMessage("--topics: " + uri("topics")
                        + "/topics.json does not describe topics. Pass the output of the step 'topics'.");
        assertThat(directory.resolve("page")).doesNotExist();
    }

    private void writeTopics() throws IOException {
        write("topics/topics.json", JsonText.of(PageFixture.topics(2).values()));
        Map<String, Object> prevalence = Map.of(
                "names",
                List.of("one", "two", "none"),
                "hours",
                List.of("2026-11-20T13"),
                "posts",
                List.of(List.of(5, 2, 1)));
        write("topics/prevalence.json", JsonText.of(prevalence));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString().replaceFirst("/$", "");
    }

    private void draw(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--output";
        all[arguments.length + 1] = uri("page");
        DrawTopics.main(all);
    }
}

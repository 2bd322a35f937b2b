package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class FilterPostsTest {
    private static final String LONG_TEXT =
            "The second stage reached its orbit this morning and every satellite is healthy now";

    @TempDir
    private Path directory;

    private FilterFixture fixture;

    @BeforeEach
    void createFixture() {
        fixture = new FilterFixture(directory);
    }

    @Test
    void appliesTheRulesInOrder() throws IOException {
        fixture.post("goddard", "Goddard was first")
                .post("god", "Oh my God")
                .post("both", "Dios mío, god", "es")
                .post("spanish", "Un cohete", "es")
                .post("german", "Die Rakete ist nicht auf dem Weg", null)
                .post("russian", "Ракета", null)
                .post("unknown", "Falcon", null)
                .post("a", LONG_TEXT)
                .repost("a-flagged", "RT @x: The second stage reached its orbit this mor…", "a")
                .post("a-marked", "RT @x: " + LONG_TEXT)
                .repost("gone", "RT @x: no longer there", "elsewhere")
                .post("a-same", LONG_TEXT.toUpperCase(Locale.ROOT) + " https://t.co/x")
                .post("a-near", LONG_TEXT.replace("every", "each"))
                .post("a-near-same", "@y " + LONG_TEXT.replace("every", "each"))
                .repost("a-near-flagged", "RT @x: The second…", "a-near")
                .post("url", "https://t.co/1")
                .post("other-url", "https://t.co/2")
                .write();
        Path unwanted = Files.writeString(directory.resolve("unwanted.txt"), "# words\ngod\n");

        fixture.filter("--unwanted", unwanted.toString());

        assertThat(fixture.kept()).containsExactly("goddard", "unknown", "a", "url", "other-url");
        assertThat(fixture.duplicates())
                .containsExactly(
                        "a-flagged repost a",
                        "a-marked repost_by_text a",
                        "a-same same_text a",
                        "a-near near_duplicate a",
                        "a-near-same same_text a",
                        "a-near-flagged repost a");
        assertThat(fixture.report())
                .isEqualTo(Files.readString(Path.of("src/test/resources/topics/filter-report.json")));
    }

    @Test
    void writesTheColumnsThatOtherStepsRead() throws IOException {
        fixture.post("a", "Falcon", null)
                .post("b", "Die Rakete ist nicht auf dem Weg", "und")
                .post("c", "falcon", "und")
                .write();

        fixture.filter("--language", "any");

        var posts = LocalSpark.session().read().parquet(fixture.uri("out/posts"));
        assertThat(posts.schema().simpleString())
                .isEqualTo("struct<id:string,time:timestamp,hour:string,text:string,lang:string>");
        assertThat(posts.orderBy("id").select("id", "hour", "text", "lang").collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[a,2026-11-20T12,Falcon,null]", "[b,2026-11-20T12,Die Rakete ist nicht auf dem Weg,de]");
        assertThat(LocalSpark.session()
                        .read()
                        .parquet(fixture.uri("out/duplicates"))
                        .schema()
                        .simpleString())
                .isEqualTo("struct<id:string,time:timestamp,hour:string,original:string,rule:string>");
    }

    @Test
    void keepsRepostsOnRequest() throws IOException {
        fixture.repost("flagged", LONG_TEXT, "a")
                .post("a", LONG_TEXT)
                .post("marked", "RT @x: " + LONG_TEXT)
                .post("same", LONG_TEXT)
                .post("unknown", "Falcon", null)
                .write();

        fixture.filter("--keep-reposts", "--unknown-language", "drop");

        assertThat(fixture.kept()).containsExactly("flagged", "a", "marked");
        assertThat(fixture.duplicates()).containsExactly("same same_text a");
    }

    @Test
    void keepsTheEarliestOfEqualPostsThatIsNotARepost() throws IOException {
        fixture.repost("early", LONG_TEXT, null);
        for (int index = 9; index > 0; index--) {
            fixture.post("p" + index, LONG_TEXT);
        }
        fixture.write();

        fixture.filter("--similarity", "1");

        assertThat(fixture.kept()).containsExactly("p9");
        assertThat(fixture.duplicates())
                .hasSize(9)
                .startsWith("early repost p9")
                .allMatch(duplicate -> duplicate.endsWith(" p9"));
    }

    @Test
    void keepsASinglePost() throws IOException {
        fixture.post("only", "").write();

        fixture.filter();

        assertThat(fixture.kept()).containsExactly("only");
        assertThat(fixture.duplicates()).isEmpty();
    }

    @Test
    void rejectsADatasetWithoutPosts() throws IOException {
        fixture.write();

        assertFault("--posts: " + fixture.uri("in") + " contains no posts.");
    }

    @Test
    void reportsTheRulesThatDropAllPosts() throws IOException {
        fixture.post("god", "Oh my God")
                .post("spanish", "Un cohete", "es")
                .post("french", "Une fusée", "fr")
                .write();
        Path unwanted = Files.writeString(directory.resolve("unwanted.txt"), "god");

        assertFault(
                "--posts: the filter drops all 3 posts of " + fixture.uri("in")
                        + ": unwanted term 1, other language 2. Pass the language of the posts or 'any' as"
                        + " --language.",
                "--unwanted",
                unwanted.toString());
    }

    @Test
    void rejectsATermWithoutAWord() throws IOException {
        Path unwanted = Files.writeString(directory.resolve("unwanted.txt"), "god\n🚀\n");

        assertFault(
                "--unwanted: '🚀' in " + unwanted + " contains no word. A term is a word, phrase, hashtag or mention.",
                "--unwanted",
                unwanted.toString());
        assertFault("--unwanted: /nowhere/terms.txt does not exist.", "--unwanted", "/nowhere/terms.txt");
    }

    @Test
    void rejectsInvalidFlags() {
        assertFault("--language must be 'any' or a language code such as en, not 'english'.", "--language", "english");
        assertThatThrownBy(() -> fixture.filter("--similarity", "0.3"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--similarity must be a number from 0.5 to 1.0, not '0.3'.");
    }

    private void assertFault(String message, String... flags) {
        assertThatThrownBy(() -> fixture.filter(flags))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
        assertThat(directory.resolve("out")).doesNotExist();
    }
}

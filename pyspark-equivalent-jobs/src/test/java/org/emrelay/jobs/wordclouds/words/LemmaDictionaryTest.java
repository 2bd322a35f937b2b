package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.johnsnowlabs.nlp.annotators.Lemmatizer;
import com.johnsnowlabs.nlp.annotators.LemmatizerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

@ExtendWith(LocalSpark.class)
class LemmaDictionaryTest {
    @TempDir
    private Path directory;

    @Test
    void parsesADictionaryLikeTheLemmatizer() throws IOException {
        Path file = write("go->goes\twent\n\n wolf -> wolves\t wolfs \nwend->went\n");
        LemmatizerModel expected = new Lemmatizer()
                .setDictionary(ReferencePipeline.dictionary(file))
                .train(LocalSpark.session().emptyDataFrame(), Option.empty());

        LemmatizerModel actual = LemmaDictionary.read(
                        new Configuration(), file.toUri().toString())
                .lemmatizer();

        assertThat(LemmaDictionary.read(new Configuration(), file.toUri().toString())
                        .lemmaByForm())
                .hasSize(4)
                .containsEntry("went", "wend")
                .containsEntry("wolfs", "wolf");
        assertThat(actual.lemmaDict().getOrDefault())
                .isEqualTo(expected.lemmaDict().getOrDefault());
    }

    @Test
    void bundlesAnEnglishDictionary() {
        assertThat(LemmaDictionary.bundled().lemmaByForm())
                .hasSizeGreaterThan(60_000)
                .containsEntry("children", "child")
                .doesNotContainKey("building");
    }

    @Test
    void reportsAMalformedLine() throws IOException {
        assertFault(
                "line 2 is 'title,year'; expected a lemma, '->' and its tab-separated forms, for example 'go->goes\twent'.",
                "go->went\ntitle,year\n");
        assertFault(
                "line 1 is 'go->'; expected a lemma, '->' and its tab-separated forms, for example 'go->goes\twent'.",
                "go->");
        assertFault("it is empty.", "\n");
    }

    @Test
    void reportsABinaryFile() throws IOException {
        Path file = Files.write(directory.resolve("lemmas"), new byte[] {80, 65, 82, 49, (byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() ->
                        LemmaDictionary.read(new Configuration(), file.toUri().toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: " + file.toUri() + " is not a lemma dictionary: it is not UTF-8 text.");
    }

    @Test
    void reportsAMissingFileAndADirectory() {
        assertThatThrownBy(() -> LemmaDictionary.read(new Configuration(), "file:/nowhere/lemmas"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: file:/nowhere/lemmas does not exist.");
        assertThatThrownBy(() -> LemmaDictionary.read(new Configuration(), "file:" + directory))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: file:" + directory + " is a directory, not a file.");
        assertThatThrownBy(() -> LemmaDictionary.read(new Configuration(), "nothing://there"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: nothing://there cannot be opened (No FileSystem for scheme \"nothing\").");
    }

    private void assertFault(String reason, String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() ->
                        LemmaDictionary.read(new Configuration(), file.toUri().toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: " + file.toUri() + " is not a lemma dictionary: " + reason);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("lemmas.txt"), text);
    }
}

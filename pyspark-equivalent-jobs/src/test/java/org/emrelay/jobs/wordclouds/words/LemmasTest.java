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
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

@ExtendWith(LocalSpark.class)
class LemmasTest {
    @TempDir
    private Path directory;

    @Test
    void readsADictionaryAsTheLemmatizerDoes() throws IOException {
        Path file = write("go->goes\twent\n\n wolf -> wolves\t wolfs \nwend->went\n");
        LemmatizerModel theirs = new Lemmatizer()
                .setDictionary(PlainChain.dictionary(file))
                .train(LocalSpark.session().emptyDataFrame(), Option.empty());

        LemmatizerModel ours =
                Lemmas.at(new Configuration(), file.toUri().toString()).lemmatizer();

        assertThat(Lemmas.at(new Configuration(), file.toUri().toString()).byForm())
                .hasSize(4)
                .containsEntry("went", "wend")
                .containsEntry("wolfs", "wolf");
        assertThat(ours.lemmaDict().getOrDefault()).isEqualTo(theirs.lemmaDict().getOrDefault());
    }

    @Test
    void shipsADictionaryOfEnglish() {
        assertThat(Lemmas.shipped().byForm())
                .hasSizeGreaterThan(60_000)
                .containsEntry("children", "child")
                .doesNotContainKey("building");
    }

    @Test
    void saysWhichLineIsNone() throws IOException {
        assertFault(
                "line 2 is 'title,year', not a lemma, '->' and its forms with tabs between, such as 'go->goes\twent'.",
                "go->went\ntitle,year\n");
        assertFault(
                "line 1 is 'go->', not a lemma, '->' and its forms with tabs between, such as 'go->goes\twent'.",
                "go->");
        assertFault("it is empty.", "\n");
    }

    @Test
    void saysThatAFileIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("lemmas"), new byte[] {80, 65, 82, 49, (byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> Lemmas.at(new Configuration(), file.toUri().toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: " + file.toUri() + " is no lemma dictionary: it is no text in UTF-8.");
    }

    @Test
    void saysThatThereIsNothingOrADirectory() {
        assertThatThrownBy(() -> Lemmas.at(new Configuration(), "file:/nowhere/lemmas"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: there is nothing at file:/nowhere/lemmas.");
        assertThatThrownBy(() -> Lemmas.at(new Configuration(), "file:" + directory))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: file:" + directory + " is a directory; a file is needed.");
        assertThatThrownBy(() -> Lemmas.at(new Configuration(), "nothing://there"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: nothing://there cannot be opened (No FileSystem for scheme \"nothing\").");
    }

    private void assertFault(String reason, String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> Lemmas.at(new Configuration(), file.toUri().toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--lemmas: " + file.toUri() + " is no lemma dictionary: " + reason);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("lemmas.txt"), text);
    }
}

package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.johnsnowlabs.nlp.annotators.Normalizer;
import com.johnsnowlabs.nlp.annotators.NormalizerModel;
import com.johnsnowlabs.nlp.annotators.Tokenizer;
import com.johnsnowlabs.nlp.annotators.TokenizerModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Option;

@ExtendWith(LocalSpark.class)
class WordFinderTest {
    private static final long CACHE_BYTES = 50_000;

    @Test
    void findsInChunksWhatTheAnnotatorsFindInWholeTitles() {
        Annotators annotators = english();
        WordFinder finder = finder(annotators);
        List<String> titles = NastyTitles.titles();

        assertThat(annotators.takeChunksByThemselves()).isTrue();
        // Twice, for the second time some come out of the cache, which holds but a few.
        for (int round = 0; round < 2; round++) {
            List<List<String>> words = finder.words(titles);
            for (int title = 0; title < titles.size(); title++) {
                assertThat(words.get(title))
                        .isEqualTo(annotators.words(List.of(titles.get(title))).get(0));
            }
        }
    }

    @Test
    void splitsAtTheSixSpacesOfAsciiOnly() {
        assertThat(finder(english()).words(List.of("dark wings\tfly\nlow\u000bnear\fhome\rdear", "dark\u00a0wings")))
                .containsExactly(List.of("dark", "wing", "fly", "low", "near", "home", "dear"), List.of("darkwings"));
    }

    @Test
    void asksTheAnnotatorsAboutWholeTitlesWhereTheTokenizerLooksBeyondSpaces() {
        Annotators joining =
                new Annotators(tokenizer(new Tokenizer().setExceptions(new String[] {"New York"})), normal());
        Annotators letters = new Annotators(tokenizer(new Tokenizer().setTargetPattern("[a-z]")), normal());

        assertThat(joining.takeChunksByThemselves()).isFalse();
        assertThat(letters.takeChunksByThemselves()).isFalse();
        assertThat(finder(joining).words(List.of("In New York now"))).containsExactly(List.of("in", "newyork", "now"));
    }

    @Test
    void asksAboutWholeTitlesWhereAnAnnotatorIsNotKnownToTakeEachTokenByItself() {
        NormalizerModel unknown = new NormalizerModel() {
            private static final long serialVersionUID = 1L;
        };

        assertThat(new Annotators(tokenizer(new Tokenizer()), List.of(unknown)).takeChunksByThemselves())
                .isFalse();
    }

    @Test
    void keepsApartTheModelsOfOneJvm() {
        WordFinder english = finder(english());
        WordFinder french = finder(annotators(new LanguageChoice(new Language("fr"), List.of("wings"), null, false)));

        assertThat(english.words(List.of("the wings et les"))).containsExactly(List.of("wing", "et", "les"));
        assertThat(french.words(List.of("the wings et les"))).containsExactly(List.of("the"));
    }

    @Test
    void servesManyThreadsAtOnce() {
        WordFinder finder = finder(english());
        List<String> titles = NastyTitles.titles().stream()
                .filter(title -> title.length() < 1_000)
                .toList();
        List<List<String>> alone = finder(english()).words(titles);

        boolean equal = IntStream.range(0, 16)
                .parallel()
                .allMatch(thread -> finder.words(titles).equals(alone));

        assertThat(equal).isTrue();
    }

    @Test
    void unpacksOnceWhereverItIsSent() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(sent)) {
            stream.writeObject(PackedFinder.of(english()));
        }
        PackedFinder received;
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            received = (PackedFinder) stream.readObject();
        }

        assertThat(received.finder()).isSameAs(received.finder());
        assertThat(received.finder().words(List.of("The Wings"))).containsExactly(List.of("wing"));
        // The dictionary is not in it: Spark NLP broadcasts that itself.
        assertThat(sent.size()).isLessThan(100_000);
    }

    @Test
    void survivesATitleThatOverflowsTheTokenizersStack() {
        List<String> titles = List.of("\u2028".repeat(10_000), "wings", "'" + "\u0085a".repeat(5_000));

        List<List<String>> words = finder(english()).words(titles);

        assertThat(words.get(0)).isEmpty();
        assertThat(words.get(1)).containsExactly("wing");
        assertThat(words.get(2)).containsExactly("a".repeat(5_000));
    }

    @Test
    void handsOnWhatFailsOnADeepStack() {
        assertThatThrownBy(() -> DeepStack.call(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("failed");
    }

    private static WordFinder finder(Annotators annotators) {
        return new WordFinder(annotators, new ChunkCache(CACHE_BYTES));
    }

    private static Annotators english() {
        return annotators(new LanguageChoice(Language.ENGLISH, List.of(), null, false));
    }

    private static Annotators annotators(LanguageChoice choice) {
        return new Assembly(LocalSpark.session(), choice).annotators();
    }

    private static TokenizerModel tokenizer(Tokenizer tokenizer) {
        return tokenizer.train(LocalSpark.session().emptyDataFrame(), Option.empty());
    }

    private static List<NormalizerModel> normal() {
        return List.of(
                new Normalizer().setLowercase(true).train(LocalSpark.session().emptyDataFrame(), Option.empty()));
    }
}

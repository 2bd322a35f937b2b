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
import org.emrelay.jobs.language.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Option;

@ExtendWith(LocalSpark.class)
class WordFinderTest {
    private static final long CACHE_BYTES = 50_000;

    @Test
    void findsTheSameWordsInChunksAsInWholeTitles() {
        AnnotatorChain annotators = english();
        WordFinder finder = finder(annotators);
        List<String> titles = AdversarialTitles.titles();

        assertThat(annotators.isChunkwise()).isTrue();
        // Two rounds: the second one reads some chunks from the small cache.
        for (int round = 0; round < 2; round++) {
            List<List<String>> words = finder.words(titles);
            for (int title = 0; title < titles.size(); title++) {
                assertThat(words.get(title))
                        .isEqualTo(annotators.words(List.of(titles.get(title))).get(0));
            }
        }
    }

    @Test
    void splitsAtAsciiWhitespaceOnly() {
        assertThat(finder(english()).words(List.of("dark wings\tfly\nlow\u000bnear\fhome\rdear", "dark\u00a0wings")))
                .containsExactly(List.of("dark", "wing", "fly", "low", "near", "home", "dear"), List.of("darkwings"));
    }

    @Test
    void annotatesWholeTitlesIfTheTokenizerLooksBeyondSpaces() {
        AnnotatorChain withExceptions =
                new AnnotatorChain(tokenizer(new Tokenizer().setExceptions(new String[] {"New York"})), normalizer());
        AnnotatorChain singleLetters =
                new AnnotatorChain(tokenizer(new Tokenizer().setTargetPattern("[a-z]")), normalizer());

        assertThat(withExceptions.isChunkwise()).isFalse();
        assertThat(singleLetters.isChunkwise()).isFalse();
        assertThat(finder(withExceptions).words(List.of("In New York now")))
                .containsExactly(List.of("in", "newyork", "now"));
    }

    @Test
    void annotatesWholeTitlesIfAnAnnotatorMayLookAtSeveralTokens() {
        NormalizerModel unknown = new NormalizerModel() {
            private static final long serialVersionUID = 1L;
        };

        assertThat(new AnnotatorChain(tokenizer(new Tokenizer()), List.of(unknown)).isChunkwise())
                .isFalse();
    }

    @Test
    void keepsModelsOfOneJvmApart() {
        WordFinder english = finder(english());
        WordFinder french = finder(annotators(new LanguageOptions(new Language("fr"), List.of("wings"), null, false)));

        assertThat(english.words(List.of("the wings et les"))).containsExactly(List.of("wing", "et", "les"));
        assertThat(french.words(List.of("the wings et les"))).containsExactly(List.of("the"));
    }

    @Test
    void isThreadSafe() {
        WordFinder finder = finder(english());
        List<String> titles = AdversarialTitles.titles().stream()
                .filter(title -> title.length() < 1_000)
                .toList();
        List<List<String>> expected = finder(english()).words(titles);

        boolean equal = IntStream.range(0, 16)
                .parallel()
                .allMatch(thread -> finder.words(titles).equals(expected));

        assertThat(equal).isTrue();
    }

    @Test
    void deserializesOncePerJvm() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(serialized)) {
            stream.writeObject(SerializedWordFinder.of(english()));
        }
        SerializedWordFinder received;
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(serialized.toByteArray()))) {
            received = (SerializedWordFinder) stream.readObject();
        }

        assertThat(received.finder()).isSameAs(received.finder());
        assertThat(received.finder().words(List.of("The Wings"))).containsExactly(List.of("wing"));
        // The dictionary is not included: Spark NLP broadcasts it separately.
        assertThat(serialized.size()).isLessThan(100_000);
    }

    @Test
    void survivesATitleThatOverflowsTheStackOfTheTokenizer() {
        List<String> titles = List.of("\u2028".repeat(10_000), "wings", "'" + "\u0085a".repeat(5_000));

        List<List<String>> words = finder(english()).words(titles);

        assertThat(words.get(0)).isEmpty();
        assertThat(words.get(1)).containsExactly("wing");
        assertThat(words.get(2)).containsExactly("a".repeat(5_000));
    }

    @Test
    void propagatesExceptionsFromADeepStack() {
        assertThatThrownBy(() -> DeepStack.call(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("failed");
    }

    private static WordFinder finder(AnnotatorChain annotators) {
        return new WordFinder(annotators, new ChunkCache(CACHE_BYTES));
    }

    private static AnnotatorChain english() {
        return annotators(new LanguageOptions(Language.ENGLISH, List.of(), null, false));
    }

    private static AnnotatorChain annotators(LanguageOptions language) {
        return new AnnotatorFactory(LocalSpark.session(), language).create();
    }

    private static TokenizerModel tokenizer(Tokenizer tokenizer) {
        return tokenizer.train(LocalSpark.session().emptyDataFrame(), Option.empty());
    }

    private static List<NormalizerModel> normalizer() {
        return List.of(
                new Normalizer().setLowercase(true).train(LocalSpark.session().emptyDataFrame(), Option.empty()));
    }
}

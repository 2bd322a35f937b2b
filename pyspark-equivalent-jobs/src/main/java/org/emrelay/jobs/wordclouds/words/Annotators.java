package org.emrelay.jobs.wordclouds.words;

import com.johnsnowlabs.nlp.Annotation;
import com.johnsnowlabs.nlp.HasSimpleAnnotate;
import com.johnsnowlabs.nlp.annotators.LemmatizerModel;
import com.johnsnowlabs.nlp.annotators.NormalizerModel;
import com.johnsnowlabs.nlp.annotators.StopWordsCleaner;
import com.johnsnowlabs.nlp.annotators.TokenizerModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map.Map1;
import scala.collection.mutable.WrappedArray;

/**
 * Spark NLP's fitted annotators in their order, called as they are, without a data frame around them: over one, Spark
 * would turn every token into a row of six columns and back, for each annotator.
 */
final class Annotators implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SENTENCE = "sentence";
    private static final float[] NO_EMBEDDINGS = {};
    private static final Set<Class<?>> EACH_TOKEN_BY_ITSELF =
            Set.of(NormalizerModel.class, LemmatizerModel.class, StopWordsCleaner.class);

    private final TokenizerModel tokenizer;
    private final ArrayList<HasSimpleAnnotate<?>> others;

    Annotators(TokenizerModel tokenizer, List<? extends HasSimpleAnnotate<?>> others) {
        this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        this.others = new ArrayList<>(others);
    }

    /** The same with one more at the end. */
    Annotators followedBy(HasSimpleAnnotate<?> annotator) {
        List<HasSimpleAnnotate<?>> longer = new ArrayList<>(others);
        longer.add(annotator);
        return new Annotators(tokenizer, longer);
    }

    /**
     * Whether the words of a text are those of what stands between its spaces, put together. So it is where the tokenizer
     * splits at every space whatever stands around it, and what follows looks at one token at a time.
     */
    boolean takeChunksByThemselves() {
        boolean splitsAtEverySpace =
                tokenizer.getTargetPattern().equals("\\S+") && !tokenizer.isDefined(tokenizer.exceptions());
        return splitsAtEverySpace
                && tokenizer.getClass() == TokenizerModel.class
                && others.stream().allMatch(annotator -> EACH_TOKEN_BY_ITSELF.contains(annotator.getClass()));
    }

    /** The words of each text. One call for many texts costs hardly more than for one, as each begins with preparations. */
    List<List<String>> words(List<String> texts) {
        try {
            return annotated(texts);
        } catch (StackOverflowError tooDeep) {
            return DeepStack.call(() -> annotated(texts));
        }
    }

    private List<List<String>> annotated(List<String> texts) {
        List<List<String>> words = new ArrayList<>(texts.size());
        Annotation[] documents = new Annotation[texts.size()];
        for (int text = 0; text < documents.length; text++) {
            documents[text] = document(text, texts.get(text));
            words.add(new ArrayList<>());
        }
        Seq<Annotation> annotations = tokenizer.annotate(WrappedArray.make(documents));
        for (HasSimpleAnnotate<?> annotator : others) {
            annotations = annotator.annotate(annotations);
        }
        for (Annotation word : JavaConverters.seqAsJavaList(annotations)) {
            int text = Integer.parseInt(word.metadata().apply(SENTENCE));
            words.get(text).add(word.result());
        }
        return words;
    }

    /** The tokenizer hands the number of a sentence on to its tokens, and the others keep it. */
    private static Annotation document(int number, String text) {
        Map1<String, String> sentence = new Map1<>(SENTENCE, Integer.toString(number));
        return new Annotation("document", 0, text.length() - 1, text, sentence, NO_EMBEDDINGS);
    }
}

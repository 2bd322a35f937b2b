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
 * A chain of fitted Spark NLP annotators, called directly instead of through a data frame.
 *
 * <p>Over a data frame Spark would convert every token to a six-column row and back for each annotator.
 */
final class AnnotatorChain implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SENTENCE_KEY = "sentence";
    private static final float[] NO_EMBEDDINGS = {};
    private static final Set<Class<?>> PER_TOKEN_ANNOTATORS =
            Set.of(NormalizerModel.class, LemmatizerModel.class, StopWordsCleaner.class);

    private final TokenizerModel tokenizer;
    private final ArrayList<HasSimpleAnnotate<?>> followers;

    AnnotatorChain(TokenizerModel tokenizer, List<? extends HasSimpleAnnotate<?>> followers) {
        this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        this.followers = new ArrayList<>(followers);
    }

    /** Returns a chain with one more annotator at the end. */
    AnnotatorChain append(HasSimpleAnnotate<?> annotator) {
        List<HasSimpleAnnotate<?>> extended = new ArrayList<>(followers);
        extended.add(annotator);
        return new AnnotatorChain(tokenizer, extended);
    }

    /**
     * Returns whether the words of a text are the words of its whitespace-separated chunks.
     *
     * <p>That holds if the tokenizer splits at every space regardless of context, and every later annotator looks at
     * one token at a time.
     */
    boolean isChunkwise() {
        boolean splitsAtEverySpace =
                tokenizer.getTargetPattern().equals("\\S+") && !tokenizer.isDefined(tokenizer.exceptions());
        return splitsAtEverySpace
                && tokenizer.getClass() == TokenizerModel.class
                && followers.stream().allMatch(annotator -> PER_TOKEN_ANNOTATORS.contains(annotator.getClass()));
    }

    /**
     * Returns the words of each text. One call for many texts is hardly slower than for one, because setup
     * dominates.
     */
    List<List<String>> words(List<String> texts) {
        try {
            return annotate(texts);
        } catch (StackOverflowError tooDeep) {
            return DeepStack.call(() -> annotate(texts));
        }
    }

    private List<List<String>> annotate(List<String> texts) {
        List<List<String>> words = new ArrayList<>(texts.size());
        Annotation[] documents = new Annotation[texts.size()];
        for (int text = 0; text < documents.length; text++) {
            documents[text] = toDocument(text, texts.get(text));
            words.add(new ArrayList<>());
        }
        Seq<Annotation> annotations = tokenizer.annotate(WrappedArray.make(documents));
        for (HasSimpleAnnotate<?> annotator : followers) {
            annotations = annotator.annotate(annotations);
        }
        for (Annotation word : JavaConverters.seqAsJavaList(annotations)) {
            int text = Integer.parseInt(word.metadata().apply(SENTENCE_KEY));
            words.get(text).add(word.result());
        }
        return words;
    }

    /**
     * Creates a document whose sentence number identifies the text: the tokenizer copies it to its tokens, and later
     * annotators keep it.
     */
    private static Annotation toDocument(int number, String text) {
        Map1<String, String> sentence = new Map1<>(SENTENCE_KEY, Integer.toString(number));
        return new Annotation("document", 0, text.length() - 1, text, sentence, NO_EMBEDDINGS);
    }
}

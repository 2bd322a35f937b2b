package org.emrelay.jobs.wordclouds.words;

import com.johnsnowlabs.nlp.annotators.LemmatizerModel;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.emrelay.tables.UserFault;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.mutable.Builder;

/**
 * A lemma dictionary in the format of Spark NLP's Lemmatizer, {@code lemma->form\tform}.
 *
 * <p>The Lemmatizer itself reads it only while fitting a data frame, and reports a malformed file only as an index
 * out of bounds.
 */
record LemmaDictionary(java.util.Map<String, String> lemmaByForm) {
    private static final String BUNDLED_RESOURCE = "/org/emrelay/lemmas/english-lemmas.txt";

    LemmaDictionary {
        lemmaByForm = java.util.Map.copyOf(lemmaByForm);
    }

    static LemmaDictionary bundled() {
        InputStream stream =
                Objects.requireNonNull(LemmaDictionary.class.getResourceAsStream(BUNDLED_RESOURCE), BUNDLED_RESOURCE);
        return read(stream, BUNDLED_RESOURCE);
    }

    static LemmaDictionary read(Configuration configuration, String uri) {
        try {
            Path path = new Path(uri);
            FileSystem fileSystem = path.getFileSystem(configuration);
            if (!fileSystem.exists(path)) {
                throw new UserFault("--lemmas: " + uri + " does not exist.");
            }
            if (fileSystem.getFileStatus(path).isDirectory()) {
                throw new UserFault("--lemmas: " + uri + " is a directory, not a file.");
            }
            return read(fileSystem.open(path), uri);
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault("--lemmas: " + uri + " cannot be opened (" + unusable.getMessage() + ").");
        } catch (FileNotFoundException missing) {
            throw new UserFault("--lemmas: " + uri + " does not exist.");
        } catch (IOException failed) {
            throw new UncheckedIOException("--lemmas: reading " + uri + " failed", failed);
        }
    }

    /** Returns the model that fitting the Lemmatizer would create. */
    LemmatizerModel lemmatizer() {
        Builder<Tuple2<String, String>, Map<String, String>> entries = Map$.MODULE$.newBuilder();
        lemmaByForm.forEach((form, lemma) -> entries.$plus$eq(new Tuple2<>(form, lemma)));
        return new LemmatizerModel().setLemmaDict(entries.result());
    }

    private static LemmaDictionary read(InputStream stream, String uri) {
        java.util.Map<String, String> byForm = new LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()))) {
            int lineNumber = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                if (!line.isBlank()) {
                    putForms(byForm, line, lineNumber, uri);
                }
            }
        } catch (CharacterCodingException binary) {
            throw new UserFault("--lemmas: " + uri + " is not a lemma dictionary: it is not UTF-8 text.");
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + uri + " failed", failed);
        }
        if (byForm.isEmpty()) {
            throw new UserFault("--lemmas: " + uri + " is not a lemma dictionary: it is empty.");
        }
        return new LemmaDictionary(byForm);
    }

    private static void putForms(java.util.Map<String, String> byForm, String line, int lineNumber, String uri) {
        String[] lemmaAndForms = line.split("->", -1);
        if (lemmaAndForms.length != 2 || lemmaAndForms[0].isBlank() || lemmaAndForms[1].isBlank()) {
            String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
            throw new UserFault("--lemmas: " + uri + " is not a lemma dictionary: line " + lineNumber + " is '" + shown
                    + "'; expected a lemma, '->' and its tab-separated forms, for example 'go->goes\twent'.");
        }
        for (String form : lemmaAndForms[1].strip().split("\t", -1)) {
            byForm.put(form.strip(), lemmaAndForms[0].strip());
        }
    }
}

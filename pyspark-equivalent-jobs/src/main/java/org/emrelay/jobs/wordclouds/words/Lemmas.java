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
import org.emrelay.jobs.UserFault;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.mutable.Builder;

/**
 * A dictionary from forms to lemmas in the format of Spark NLP's Lemmatizer, {@code lemma->form\tform}. Read here, for the
 * Lemmatizer does so only within a fit over a data frame, and says of a file in another format no more than an index.
 */
record Lemmas(java.util.Map<String, String> byForm) {
    private static final String SHIPPED = "/org/emrelay/lemmas/english-lemmas.txt";

    Lemmas {
        byForm = java.util.Map.copyOf(byForm);
    }

    static Lemmas shipped() {
        InputStream stream = Objects.requireNonNull(Lemmas.class.getResourceAsStream(SHIPPED), SHIPPED);
        return read(stream, SHIPPED);
    }

    static Lemmas at(Configuration configuration, String uri) {
        try {
            Path path = new Path(uri);
            FileSystem files = path.getFileSystem(configuration);
            if (!files.exists(path)) {
                throw new UserFault("--lemmas: there is nothing at " + uri + ".");
            }
            if (files.getFileStatus(path).isDirectory()) {
                throw new UserFault("--lemmas: " + uri + " is a directory; a file is needed.");
            }
            return read(files.open(path), uri);
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault("--lemmas: " + uri + " cannot be opened (" + unusable.getMessage() + ").");
        } catch (FileNotFoundException gone) {
            throw new UserFault("--lemmas: there is nothing at " + uri + ".");
        } catch (IOException failed) {
            throw new UncheckedIOException("--lemmas: reading " + uri + " failed", failed);
        }
    }

    /** What the Lemmatizer would become by a fit. */
    LemmatizerModel lemmatizer() {
        Builder<Tuple2<String, String>, Map<String, String>> entries = Map$.MODULE$.newBuilder();
        byForm.forEach((form, lemma) -> entries.$plus$eq(new Tuple2<>(form, lemma)));
        return new LemmatizerModel().setLemmaDict(entries.result());
    }

    private static Lemmas read(InputStream stream, String uri) {
        java.util.Map<String, String> byForm = new LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    putForms(byForm, line, number, uri);
                }
            }
        } catch (CharacterCodingException binary) {
            throw new UserFault("--lemmas: " + uri + " is no lemma dictionary: it is no text in UTF-8.");
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + uri + " failed", failed);
        }
        if (byForm.isEmpty()) {
            throw new UserFault("--lemmas: " + uri + " is no lemma dictionary: it is empty.");
        }
        return new Lemmas(byForm);
    }

    private static void putForms(java.util.Map<String, String> byForm, String line, int number, String uri) {
        String[] lemmaAndForms = line.split("->", -1);
        if (lemmaAndForms.length != 2 || lemmaAndForms[0].isBlank() || lemmaAndForms[1].isBlank()) {
            String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
            throw new UserFault("--lemmas: " + uri + " is no lemma dictionary: line " + number + " is '" + shown
                    + "', not a lemma, '->' and its forms with tabs between, such as 'go->goes\twent'.");
        }
        for (String form : lemmaAndForms[1].strip().split("\t", -1)) {
            byForm.put(form.strip(), lemmaAndForms[0].strip());
        }
    }
}

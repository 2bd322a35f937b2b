package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.jobs.topics.lda.TopicModel;
import org.emrelay.jobs.topics.text.TokenSettings;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * A model with everything needed to assign its topics to posts, stored in one directory.
 *
 * @param names the names of the topics
 * @param shares the shares of the topics in the posts that the model was fitted on
 * @param reference the figures of those posts, for comparison with new posts
 */
public record SavedTopics(
        TokenSettings tokens,
        TopicVocabulary vocabulary,
        TopicModel model,
        List<String> names,
        List<Double> shares,
        AssignmentFigures reference) {
    private static final String SETTINGS = "settings.json";
    private static final String TERMS = "terms";
    private static final StructType SCHEMA = new StructType()
            .add("index", DataTypes.IntegerType, false)
            .add("term", DataTypes.StringType, false)
            .add("probabilities", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    public SavedTopics {
        names = List.copyOf(names);
        shares = List.copyOf(shares);
    }

    void write(SparkSession session, OutputDirectory directory) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("version", 1);
        settings.put("topics", model.topics());
        settings.put("alpha", model.alpha());
        settings.put("names", names);
        settings.put("shares", shares);
        settings.put("tokens", tokens.values());
        settings.put("reference", reference.values());
        List<Row> rows = new ArrayList<>();
        for (int term = 0; term < vocabulary.size(); term++) {
            List<Float> probabilities = new ArrayList<>();
            for (int topic = 0; topic < model.topics(); topic++) {
                probabilities.add((float) model.probability(topic, term));
            }
            rows.add(RowFactory.create(term, vocabulary.terms().get(term), probabilities));
        }
        directory
                .subdirectory(TERMS)
                .writeParquet(session.createDataFrame(rows, SCHEMA).coalesce(1));
        directory.writeText(SETTINGS, JsonText.of(settings));
    }

    /** Reads a model from the output of the job that finds topics. */
    public static SavedTopics read(SparkSession session, String flag, String uri) {
        Path directory = new Path(uri, FindTopics.MODEL);
        JsonNode settings = settings(session, flag, uri, new Path(directory, SETTINGS));
        List<Row> rows = session.read()
                .schema(SCHEMA)
                .parquet(new Path(directory, TERMS).toString())
                .sort(col("index"))
                .collectAsList();
        int topics = settings.path("topics").asInt();
        List<String> terms = new ArrayList<>();
        float[] probabilities = new float[rows.size() * topics];
        for (Row row : rows) {
            List<Float> ofTerm = row.getList(2);
            for (int topic = 0; topic < topics; topic++) {
                probabilities[terms.size() * topics + topic] = ofTerm.get(topic);
            }
            terms.add(row.getString(1));
        }
        List<String> names = new ArrayList<>();
        settings.path("names").forEach(name -> names.add(name.asText()));
        List<Double> shares = new ArrayList<>();
        settings.path("shares").forEach(share -> shares.add(share.asDouble()));
        return new SavedTopics(
                TokenSettings.of(settings.path("tokens")),
                new TopicVocabulary(terms),
                new TopicModel(topics, terms.size(), settings.path("alpha").asDouble(), probabilities),
                names,
                shares,
                AssignmentFigures.of(settings.path("reference")));
    }

    private static JsonNode settings(SparkSession session, String flag, String uri, Path file) {
        try (InputStream stream =
                file.getFileSystem(session.sparkContext().hadoopConfiguration()).open(file)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException missing) {
            if (missing instanceof java.io.FileNotFoundException) {
                throw new UserFault(flag + ": " + uri + " has no model: expected " + file
                        + ". Pass the output of the step that found the topics.");
            }
            throw new UncheckedIOException("reading " + file + " failed", missing);
        }
    }
}

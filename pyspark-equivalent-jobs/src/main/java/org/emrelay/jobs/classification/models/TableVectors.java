package org.emrelay.jobs.classification.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.learning.FeaturePlaces;

/**
 * The first stage of every model: the table's columns, as they come, to one vector. One function does what a chain of indexers,
 * encoders and imputers would, in one pass, and knows which places are whose.
 */
public final class TableVectors extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String uid;

    private final Param<String> columns;

    /** For Spark, which loads a saved stage by it. */
    public TableVectors(String uid) {
        this.uid = uid;
        // Not before: a parameter asks its owner for the name.
        columns = new Param<>(this, "columns", "what training rows have taught of each column, as JSON");
    }

    public static TableVectors of(List<FeatureColumn> columns) {
        TableVectors vectors = new TableVectors(Identifiable$.MODULE$.randomUID("vectors"));
        try {
            vectors.set(vectors.columns, MAPPER.writeValueAsString(columns));
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("no JSON can be made of " + columns, failed);
        }
        return vectors;
    }

    public List<FeatureColumn> featureColumns() {
        try {
            return MAPPER.readValue($(columns), new TypeReference<List<FeatureColumn>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the vectors' columns are damaged", damaged);
        }
    }

    /** Found by Spark, which writes what parameters a stage has. */
    public Param<String> columns() {
        return columns;
    }

    /** What the places in the vector are, and which of them are whose. */
    public FeaturePlaces places() {
        List<FeatureColumn> learnt = featureColumns();
        Map<String, int[]> groups = new LinkedHashMap<>();
        int next = 0;
        for (FeatureColumn column : learnt) {
            groups.put(
                    column.name(), IntStream.range(next, next + column.size()).toArray());
            next += column.size();
        }
        return new FeaturePlaces(names(learnt), groups);
    }

    /** A column may be called what a place of another is: then the later one has a number. */
    private static List<String> names(List<FeatureColumn> columns) {
        Set<String> names = new LinkedHashSet<>();
        for (FeatureColumn column : columns) {
            for (String name : column.places()) {
                String free = name;
                for (int number = 2; !names.add(free); number++) {
                    free = name + " (" + number + ")";
                }
            }
        }
        return List.copyOf(names);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        List<FeatureColumn> learnt = featureColumns();
        return table.withColumn(
                ModelColumns.FEATURES,
                functions
                        .udf((UDF1<Row, Vector>) row -> vector(learnt, row), SQLDataTypes.VectorType())
                        .apply(values(learnt)),
                group(learnt).toMetadata());
    }

    /** The columns' values, side by side in one. */
    static Column values(List<FeatureColumn> columns) {
        return functions.struct(columns.stream()
                .map(column ->
                        functions.expr(column.kind().expression(column.name())).as(column.name()))
                .toArray(Column[]::new));
    }

    // Dense, for XGBoost would take the zeros that a sparse vector leaves out for missing values.
    private static Vector vector(List<FeatureColumn> columns, Row values) {
        int size = 0;
        for (FeatureColumn column : columns) {
            size += column.size();
        }
        double[] vector = new double[size];
        int from = 0;
        for (int place = 0; place < columns.size(); place++) {
            FeatureColumn column = columns.get(place);
            column.put(vector, from, values.get(place));
            from += column.size();
        }
        return Vectors.dense(vector);
    }

    private static AttributeGroup group(List<FeatureColumn> columns) {
        List<Attribute> attributes = new ArrayList<>();
        names(columns)
                .forEach(name -> attributes.add(NumericAttribute.defaultAttr().withName(name)));
        return new AttributeGroup(ModelColumns.FEATURES, attributes.toArray(Attribute[]::new));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return schema.add(group(featureColumns()).toStructField());
    }

    @Override
    public Transformer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Spark looks for it where it loads a saved stage. */
    public static MLReader<TableVectors> read() {
        return new DefaultParamsReader<>();
    }
}

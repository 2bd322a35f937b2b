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
import org.emrelay.jobs.learning.FeatureLayout;

/**
 * The first stage of every model: encodes the table's columns as one feature vector.
 *
 * <p>Replaces a chain of imputers, indexers and one-hot encoders by one pass, and knows which slots belong to which
 * column.
 */
public final class TableVectorizer extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String uid;

    private final Param<String> columns;

    /** Spark calls this constructor to load a saved stage. */
    public TableVectorizer(String uid) {
        this.uid = uid;
        // After uid: Param reads it from its parent.
        columns = new Param<>(this, "columns", "the fitted encoding of each column, as JSON");
    }

    public static TableVectorizer of(List<FeatureColumn> columns) {
        TableVectorizer vectorizer = new TableVectorizer(Identifiable$.MODULE$.randomUID("tableVectorizer"));
        try {
            vectorizer.set(vectorizer.columns, MAPPER.writeValueAsString(columns));
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("cannot serialize to JSON: " + columns, failed);
        }
        return vectorizer;
    }

    public List<FeatureColumn> featureColumns() {
        try {
            return MAPPER.readValue($(columns), new TypeReference<List<FeatureColumn>>() {});
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("corrupt columns parameter", malformed);
        }
    }

    /** Spark finds the stage's parameters by this accessor and saves them. */
    public Param<String> columns() {
        return columns;
    }

    /** The vector's slots by name and by column. */
    public FeatureLayout layout() {
        List<FeatureColumn> fitted = featureColumns();
        Map<String, int[]> groups = new LinkedHashMap<>();
        int slot = 0;
        for (FeatureColumn column : fitted) {
            groups.put(
                    column.name(), IntStream.range(slot, slot + column.size()).toArray());
            slot += column.size();
        }
        return new FeatureLayout(slotNames(fitted), groups);
    }

    /** Makes slot names unique by a number: a column's name may equal the name of another column's slot. */
    private static List<String> slotNames(List<FeatureColumn> columns) {
        Set<String> names = new LinkedHashSet<>();
        for (FeatureColumn column : columns) {
            for (String name : column.slotNames()) {
                String unique = name;
                for (int number = 2; !names.add(unique); number++) {
                    unique = name + " (" + number + ")";
                }
            }
        }
        return List.copyOf(names);
    }

    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        List<FeatureColumn> fitted = featureColumns();
        return table.withColumn(
                ModelColumns.FEATURES,
                functions
                        .udf((UDF1<Row, Vector>) row -> vector(fitted, row), SQLDataTypes.VectorType())
                        .apply(valueStruct(fitted)),
                group(fitted).toMetadata());
    }

    /** The columns' values as one struct. */
    static Column valueStruct(List<FeatureColumn> columns) {
        return functions.struct(columns.stream()
                .map(column ->
                        functions.expr(column.kind().expression(column.name())).as(column.name()))
                .toArray(Column[]::new));
    }

    // Dense: XGBoost treats the implicit zeros of a sparse vector as missing.
    private static Vector vector(List<FeatureColumn> columns, Row values) {
        int size = 0;
        for (FeatureColumn column : columns) {
            size += column.size();
        }
        double[] vector = new double[size];
        int slot = 0;
        for (int index = 0; index < columns.size(); index++) {
            FeatureColumn column = columns.get(index);
            column.encode(vector, slot, values.get(index));
            slot += column.size();
        }
        return Vectors.dense(vector);
    }

    private static AttributeGroup group(List<FeatureColumn> columns) {
        List<Attribute> attributes = new ArrayList<>();
        slotNames(columns)
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

    /** Spark calls this by reflection to load a saved stage. */
    public static MLReader<TableVectorizer> read() {
        return new DefaultParamsReader<>();
    }
}

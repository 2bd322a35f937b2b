package org.emrelay.jobs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Makes Kryo use Java serialization for the classes that it cannot serialize itself.
 *
 * <p>Kryo 4 sets fields with Unsafe, which rejects records, and fills collections with {@code add}, which immutable
 * ones reject.
 */
public final class JobRegistrator implements KryoRegistrator {

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
        kryo.addDefaultSerializer(EnumMap.class, JavaSerializer.class);
        for (Object immutable : List.of(List.of(), List.of(0), Set.of(), Set.of(0), Map.of(), Map.of(0, 0))) {
            kryo.addDefaultSerializer(immutable.getClass(), JavaSerializer.class);
        }
    }
}

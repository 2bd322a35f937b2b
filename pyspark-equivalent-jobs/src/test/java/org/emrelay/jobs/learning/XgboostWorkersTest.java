package org.emrelay.jobs.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class XgboostWorkersTest {

    @Test
    void theTrackerListensOnLoopbackLocally() {
        XGBoostClassifier model = new XGBoostClassifier();

        XgboostWorkers.configure(model, LocalSpark.session().sparkContext());

        assertThat(model.getRabitTrackerHostIp()).isEqualTo("127.0.0.1");
        assertThat(model.getNumWorkers()).isEqualTo(1);
        assertThat(model.getForceRepartition()).isTrue();
    }
}

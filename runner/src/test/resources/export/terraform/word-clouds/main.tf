locals {
  subnet_arns = [for id in var.subnet_ids : "arn:${data.aws_partition.current.partition}:ec2:*:*:subnet/${id}"]
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

resource "terraform_data" "run" {
  input = var.run_id
}

resource "aws_emr_cluster" "this" {
  name                              = "word-clouds"
  release_label                     = "emr-7.13.0"
  applications                      = ["Hadoop", "Spark"]
  service_role                      = aws_iam_role.service.name
  security_configuration            = aws_emr_security_configuration.this.name
  log_uri                           = "s3://${var.bucket}/logs/"
  scale_down_behavior               = "TERMINATE_AT_TASK_COMPLETION"
  keep_job_flow_alive_when_no_steps = true
  termination_protection            = false
  unhealthy_node_replacement        = true
  step_concurrency_level            = 1
  configurations_json = jsonencode([
    {
      Classification = "yarn-site"
      Properties = {
        "yarn.node-labels.enabled"                          = "true"
        "yarn.node-labels.am.default-node-label-expression" = "CORE"
      }
    },
    {
      Classification = "core-site"
      Properties = {
        "fs.s3a.endpoint.region" = data.aws_region.current.name
      }
    },
  ])
  tags = {
    "emrelay:workspace" = var.name
    "emrelay:cluster"   = "word-clouds"
    project             = "emrelay"
  }

  ec2_attributes {
    instance_profile                  = aws_iam_instance_profile.nodes.name
    subnet_ids                        = var.subnet_ids
    emr_managed_master_security_group = aws_security_group.primary.id
    emr_managed_slave_security_group  = aws_security_group.core.id
  }

  auto_termination_policy {
    idle_timeout = 3600
  }

  master_instance_fleet {
    name                      = "primary"
    target_on_demand_capacity = 1

    instance_type_configs {
      instance_type     = "m5.xlarge"
      weighted_capacity = 1
    }
  }

  core_instance_fleet {
    name                      = "core"
    target_on_demand_capacity = 4

    instance_type_configs {
      instance_type     = "m5.xlarge"
      weighted_capacity = 4
    }

    instance_type_configs {
      instance_type     = "r5.xlarge"
      weighted_capacity = 4
    }

    launch_specifications {
      on_demand_specification {
        allocation_strategy = "lowest-price"
      }
    }
  }

  bootstrap_action {
    name = "bootstrap-action.sh"
    path = "s3://${var.bucket}/bootstrap-emr/0123456789abcdef0123456789abcdef/bootstrap-action.sh"
  }

  # Generate sample book reviews
  step {
    name              = "titles"
    action_on_failure = "CANCEL_AND_WAIT"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.emrelay.jobs.wordclouds.titles.GenerateTitles",
        "--executor-memory",
        "2G",
        "--executor-cores",
        "2",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "--jars",
        "s3://${var.bucket}/scripts/4273f53c3582298a6ae247eb2b571760/*.jar",
        "s3://${var.bucket}/scripts/0123456789abcdef0123456789abcdef/jobs.jar",
        "--output",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/titles",
        "--rows",
        "100000",
      ]
    }
  }

  # Extract words from titles with Spark NLP
  step {
    name              = "words"
    action_on_failure = "CANCEL_AND_WAIT"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.emrelay.jobs.wordclouds.words.ExtractWords",
        "--executor-memory",
        "2G",
        "--executor-cores",
        "2",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "--jars",
        "s3://${var.bucket}/scripts/4273f53c3582298a6ae247eb2b571760/*.jar",
        "s3://${var.bucket}/scripts/0123456789abcdef0123456789abcdef/jobs.jar",
        "--titles",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/titles",
        "--output",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/words",
        "--format",
        "auto",
        "--title-column",
        "product_title",
        "--year-column",
        "year",
        "--language",
        "en",
        "--stop-words",
        "nd, rd, st, th",
      ]
    }
  }

  # Count the top words of each year
  step {
    name              = "counts"
    action_on_failure = "CANCEL_AND_WAIT"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.emrelay.jobs.wordclouds.counts.CountWords",
        "--executor-memory",
        "2G",
        "--executor-cores",
        "2",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "--jars",
        "s3://${var.bucket}/scripts/4273f53c3582298a6ae247eb2b571760/*.jar",
        "s3://${var.bucket}/scripts/0123456789abcdef0123456789abcdef/jobs.jar",
        "--words",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/words",
        "--output",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/counts",
        "--weight",
        "titles",
      ]
    }
  }

  # Draw a cloud per year, an animation and an HTML page
  step {
    name              = "clouds"
    action_on_failure = "CANCEL_AND_WAIT"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "org.emrelay.jobs.wordclouds.clouds.DrawClouds",
        "--executor-memory",
        "2G",
        "--executor-cores",
        "2",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "--jars",
        "s3://${var.bucket}/scripts/4273f53c3582298a6ae247eb2b571760/*.jar",
        "s3://${var.bucket}/scripts/0123456789abcdef0123456789abcdef/jobs.jar",
        "--counts",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/counts",
        "--mask",
        "s3://${var.bucket}/input/0123456789abcdef0123456789abcdef/mask.png",
        "--output",
        "s3://${var.bucket}/output/word-clouds/${var.run_id}/clouds",
        "--max-words",
        "200",
      ]
    }
  }

  lifecycle {
    # A new run_id runs the pipeline again, on a new cluster.
    replace_triggered_by = [terraform_data.run]
  }

  # The cluster needs these until it has terminated.
  depends_on = [
    aws_iam_role_policy.service,
    aws_iam_role_policy.nodes,
    aws_vpc_security_group_egress_rule.primary,
    aws_vpc_security_group_egress_rule.core,
  ]
}

resource "aws_emr_instance_fleet" "task" {
  cluster_id           = aws_emr_cluster.this.id
  name                 = "task"
  target_spot_capacity = 16

  instance_type_configs {
    instance_type     = "m5.xlarge"
    weighted_capacity = 4
  }

  instance_type_configs {
    instance_type     = "r5.xlarge"
    weighted_capacity = 4
  }

  instance_type_configs {
    instance_type     = "m5.2xlarge"
    weighted_capacity = 8
  }

  instance_type_configs {
    instance_type     = "r5.2xlarge"
    weighted_capacity = 8
  }

  instance_type_configs {
    instance_type     = "c5.2xlarge"
    weighted_capacity = 8
  }

  launch_specifications {
    spot_specification {
      allocation_strategy      = "price-capacity-optimized"
      timeout_action           = "SWITCH_TO_ON_DEMAND"
      timeout_duration_minutes = 15
    }
  }
}

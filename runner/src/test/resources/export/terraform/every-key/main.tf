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
  name                              = "books"
  release_label                     = "emr-7.13.0"
  applications                      = ["Hadoop", "Spark", "Livy"]
  service_role                      = aws_iam_role.service.name
  security_configuration            = aws_emr_security_configuration.this.name
  log_uri                           = "s3://my-company-logs/emr/"
  log_encryption_kms_key_id         = "arn:aws:kms:us-east-1:123456789012:alias/logs"
  custom_ami_id                     = "ami-0123456789abcdef0"
  ebs_root_volume_size              = 40
  scale_down_behavior               = "TERMINATE_AT_INSTANCE_HOUR"
  keep_job_flow_alive_when_no_steps = true
  termination_protection            = true
  unhealthy_node_replacement        = true
  step_concurrency_level            = 1
  configurations_json = jsonencode([
    {
      Classification = "spark-env"
      Properties     = {}
      Configurations = [
        {
          Classification = "export"
          Properties = {
            PYSPARK_PYTHON = "/usr/bin/python3"
          }
        },
      ]
    },
    {
      Classification = "spark-defaults"
      Properties = {
        "spark.driver.extraJavaOptions" = "-Dx=$${y} %%{z}"
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
    "emrelay:cluster"   = "books"
    team                = "data"
    "größe:x"           = ""
  }

  ec2_attributes {
    instance_profile                  = aws_iam_instance_profile.nodes.name
    subnet_ids                        = var.subnet_ids
    key_name                          = "my key"
    emr_managed_master_security_group = aws_security_group.primary.id
    emr_managed_slave_security_group  = aws_security_group.core.id
    service_access_security_group     = aws_security_group.service_access.id
    additional_master_security_groups = "sg-0123456789abcdef3,sg-0123456789abcdef5"
    additional_slave_security_groups  = "sg-0123456789abcdef4"
  }

  auto_termination_policy {
    idle_timeout = 1800
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
    target_on_demand_capacity = 8
    target_spot_capacity      = 8

    instance_type_configs {
      instance_type                              = "m5.xlarge"
      weighted_capacity                          = 4
      bid_price                                  = "0.25"
      bid_price_as_percentage_of_on_demand_price = 0

      ebs_config {
        type                 = "gp3"
        size                 = 100
        iops                 = 4000
        volumes_per_instance = 2
      }

      configurations {
        classification = "yarn-site"
        properties = {
          "yarn.nodemanager.resource.memory-mb" = "12000"
        }
      }
    }

    instance_type_configs {
      instance_type                              = "m5a.xlarge"
      weighted_capacity                          = 4
      bid_price_as_percentage_of_on_demand_price = 62.5
    }

    launch_specifications {
      on_demand_specification {
        allocation_strategy = "lowest-price"
      }

      spot_specification {
        allocation_strategy      = "capacity-optimized"
        timeout_action           = "TERMINATE_CLUSTER"
        timeout_duration_minutes = 30
      }
    }
  }

  bootstrap_action {
    name = "fonts"
    path = "s3://${var.bucket}/team/pipelines/bootstrap-emr/0123456789abcdef0123456789abcdef/fonts.sh"
    args = ["--cjk", "$${x}", ""]
  }

  bootstrap_action {
    name = "ready"
    path = "file:/usr/share/aws/emr/scripts/ready"
  }

  step {
    name              = "first"
    action_on_failure = "TERMINATE_CLUSTER"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "Main",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--output",
        "s3://${var.bucket}/team/pipelines/output/books/${var.run_id}/first",
      ]
    }
  }

  step {
    name              = "second"
    action_on_failure = "CONTINUE"

    hadoop_jar_step {
      jar = "command-runner.jar"
      args = [
        "spark-submit",
        "--deploy-mode",
        "cluster",
        "--class",
        "Main",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "s3://code/jobs.jar",
        "--output",
        "s3://${var.bucket}/team/pipelines/output/books/${var.run_id}/second",
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
    aws_iam_role_policy_attachment.nodes,
    aws_iam_role_policy.steps,
    aws_vpc_security_group_egress_rule.primary,
    aws_vpc_security_group_egress_rule.core,
    aws_vpc_security_group_ingress_rule.service_access,
    aws_vpc_security_group_egress_rule.service_access_to_primary,
    aws_vpc_security_group_egress_rule.service_access_to_core,
  ]
}

resource "aws_emr_instance_fleet" "task" {
  cluster_id           = aws_emr_cluster.this.id
  name                 = "task"
  target_spot_capacity = 16

  instance_type_configs {
    instance_type     = "m5.2xlarge"
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

resource "aws_emr_managed_scaling_policy" "this" {
  cluster_id = aws_emr_cluster.this.id

  compute_limits {
    unit_type                       = "InstanceFleetUnits"
    minimum_capacity_units          = 4
    maximum_capacity_units          = 32
    maximum_core_capacity_units     = 16
    maximum_ondemand_capacity_units = 8
  }
}

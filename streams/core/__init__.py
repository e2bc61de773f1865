"""The pure core: values in, values out. It must not touch Faust, Kafka, metrics, clocks, files or logs."""

#!/bin/sh
# Prints headers and record of each event on topic withdrawals so far. sh consumer.sh localhost:9092 [topic prefix]
exec kcat -C -q -e -o beginning -b "$1" -t "${2-}withdrawals" -f '%h\t%k\t%s\n'

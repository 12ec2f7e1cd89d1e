// Command gallery shows every component and the pages' samples, in both languages. With -out it writes them as files,
// which the checks of HTML and accessibility read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"sachhon/internal/web/asset"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8081", "address to serve the gallery at")
	out := flag.String("out", "", "write the pages and what they need into this folder instead of serving")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *listen, *out); err != nil {
		log.Fatal("gallery: ", err)
	}
}

func run(ctx context.Context, listen, out string) error {
	if !asset.Built() {
		return errors.New(`the assets are not built: run "npm ci && npm run build" and build this command again`)
	}
	if out != "" {
		return export(ctx, out, samples())
	}
	handler, err := newHandler(samples())
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/\n", listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
